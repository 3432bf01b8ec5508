#include "models/ecs/service/service_messages.h"

void service_message_write(struct text *text, const char *service, const char *task_set, const char *format,
                           va_list arguments)
{
    text_add(text, "(service ");
    text_add(text, service);
    text_add(text, task_set ? ", taskSet " : "");
    text_add(text, task_set ? task_set : "");
    text_add(text, ") ");
    text_add_arguments(text, format, arguments);
}

void task_names_add(struct task_names *names, const char *name)
{
    text_add(&names->text, " (task ");
    text_add(&names->text, name);
    text_add(&names->text, ")");
    names->count++;
}
