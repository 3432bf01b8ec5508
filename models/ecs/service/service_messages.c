#include "models/ecs/service/service_messages.h"

void service_message_write(struct text *text, const char *service, const char *task_set, const char *format,
                           va_list arguments)
{
    text_add_format(text, "(service %s", service);
    if (task_set)
        text_add_format(text, ", taskSet %s", task_set);
    text_add(text, ") ");
    text_add_arguments(text, format, arguments);
}

void task_names_add(struct task_names *names, const char *name)
{
    text_add_format(&names->text, " (task %s)", name);
    names->count++;
}
