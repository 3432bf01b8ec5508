#include "sim/study/study.h"
#define MISSING(name)                                                                                        \
    enum study_outcome name(struct session *session)                                                         \
    {                                                                                                        \
        text_add(session->said, "not built yet\n");                                                          \
        return STUDY_MISTAKE;                                                                                \
    }
MISSING(study_worst_moment)
