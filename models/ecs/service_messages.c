#include "models/ecs/service_messages.h"

void service_message_write(struct text *text, const char *service, const char *task_set, const char *format,
                           va_list arguments)
{
    text_add_format(text, "(service %s", service);
    if (task_set)
        text_add_format(text, ", taskSet %s", task_set);
    text_add(text, ") ");
    text_add_arguments(text, format, arguments);
}
