/* Texts become trees, within limits, and mistakes of syntax have places. */
#include "tests/unit/reader.h"

struct parse {
    struct arena *arena;
    struct mistakes mistakes;
    struct node *root;
};

static void parse(struct parse *p, const char *text, size_t size)
{
    p->arena = arena_new();
    mistakes_init(&p->mistakes, p->arena);
    p->root = tree_read(&p->mistakes, source_new(p->arena, "t", ".", text, size), 0);
    mistakes_finish(&p->mistakes);
}

static void parse_text(struct parse *p, const char *text)
{
    parse(p, text, strlen(text));
}

static void assert_refused(const char *text, size_t size, const char *part)
{
    struct parse p;
    struct text out = {0};
    parse(&p, text, size);
    mistakes_print(&p.mistakes, &out);
    assert_true(p.mistakes.errors > 0);
    if (!strstr(out.bytes, part))
        fail_msg("expected:\n%s\ntold:\n%s", part, out.bytes);
    text_free(&out);
    arena_free(p.arena);
}

static void refused(const char *text, const char *part)
{
    assert_refused(text, strlen(text), part);
}

static void nodes_know_their_places(void **state)
{
    struct parse p;
    (void)state;
    parse_text(&p, "a: 1\nbé: [x, {y: z}]\n");
    const struct entry *entry = node_find(p.root, "bé");
    assert_int_equal(entry->place.line, 2);
    assert_int_equal(entry->value->place.column, 5);
    assert_int_equal(node_find(entry->value->entries[1].value, "Y")->value->place.column, 13);
    arena_free(p.arena);
}

static void aliases_are_copies_and_merges_give_way(void **state)
{
    struct parse p;
    const char *text = "a: &x {k: 1, l: 2}\nb: {<<: *x, k: 3}\nc: {<<: [*x, {m: 4}]}\nd: *x\n";
    (void)state;
    parse_text(&p, text);
    assert_int_equal(p.mistakes.errors, 0);
    const struct node *b = node_find(p.root, "b")->value, *c = node_find(p.root, "c")->value;
    assert_string_equal(node_text(b, "k"), "3");
    assert_string_equal(node_text(b, "l"), "2");
    assert_string_equal(node_text(c, "m"), "4");
    assert_ptr_not_equal(node_find(p.root, "a")->value, node_find(p.root, "d")->value);
    arena_free(p.arena);
}

static void json_surrogate_pairs_are_joined(void **state)
{
    struct parse p;
    const char *text = "{\"a\": \"\\ud83d\\ude00\\/\", \"b\": \"\\\\ud83d\\\\ude00\"}";
    (void)state;
    parse_text(&p, text);
    assert_int_equal(p.mistakes.errors, 0);
    assert_string_equal(node_text(p.root, "a"), "\xF0\x9F\x98\x80/");
    assert_string_equal(node_text(p.root, "b"), "\\ud83d\\ude00");
    arena_free(p.arena);
    refused("{\"a\": \"\\ud83d\"}", "t:1:10: error: found invalid Unicode character escape code");
}

static void null_is_null_only_without_quotes(void **state)
{
    struct parse p;
    (void)state;
    parse_text(&p, "[null, ~, , 'null', \"~\"]");
    assert_int_equal(p.mistakes.errors, 1); /* ", ," is no YAML */
    arena_free(p.arena);
    parse_text(&p, "[null, ~, 'null', \"~\"]");
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(node_is_null(p.root->entries[i].value), i < 2);
    arena_free(p.arena);
}

static void keys_that_are_one_are_refused(void **state)
{
    (void)state;
    refused("a: 1\nb: 2\nA: 3\n",
            "t:3:1: error: `A` is here twice; it was first said in line 1\n  A: 3\n  ^\n");
    refused("{<<: {a: 1}, <<: {b: 2}}", "`<<` is here twice");
    refused("a: {<<: 5}", "`<<` takes a mapping");
    refused("? [a]\n: 1\n", "a key is a text");
}

static void too_much_is_refused(void **state)
{
    char nested[200] = {0};
    struct text laughs = {0};
    (void)state;
    memset(nested, '[', 100);
    memset(nested + 100, ']', 99);
    refused(nested, "nested more than 64 levels deep");
    text_add(&laughs, "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++)
        text_add_format(&laughs, "b%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n",
                        i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    refused(laughs.bytes, "this is too much");
    text_free(&laughs);
    char *key = calloc(1, 300);
    memset(key, 'k', 260);
    strcat(key, ": 1");
    refused(key, "a key is at most 250 bytes long");
    free(key);
}

static void add_anchors(struct text *text, int count)
{
    for (int i = 0; i < count; i++)
        text_add_format(text, "- &Anchor%d x\n", i);
}

/* Names that differ in the case of their first letter are two, but one name is one. */
static void a_thousand_anchors_may_be_set(void **state)
{
    struct parse p;
    struct text text = {0};
    (void)state;
    add_anchors(&text, TREE_ANCHORS_MAX);
    text_add(&text, "- &Anchor0 y\n- *Anchor0\n");
    parse_text(&p, text.bytes);
    assert_int_equal(p.mistakes.errors, 0);
    arena_free(p.arena);
    text_add(&text, "- &anchor0 z\n");
    refused(text.bytes, "too many anchors: at most 1000");
    text_free(&text);
}

static void what_is_no_scenario_is_refused(void **state)
{
    (void)state;
    refused("a: 1\n---\nb: 2\n", "t:2:1: error: a second document");
    refused("a: *b", "there is no complete `&b` before this alias");
    refused("a: &b [*b]", "there is no complete `&b` before this alias");
    refused("a: !Ref b", "the tag `!Ref` means nothing here");
    refused("a: \"x\\0y\"", "a text cannot hold the character NUL");
    refused("a:\n  b: 1\n\tc: 2\n", "t:3:1: error: found a tab character that violates indentation");
    refused("a:\n\tb: 2\n", "indented with spaces, not tabs");
    refused("a: {b: 1\n", "error: did not find expected ',' or '}'");
    assert_refused("ok: 1\na: \xFFz", 11,
                   "t:2:4: error: invalid leading UTF-8 octet; a scenario is text in UTF-8");
}

static void long_lines_are_shown_in_part(void **state)
{
    char line[400];
    (void)state;
    memset(line, 'x', sizeof line);
    memcpy(line, "[", 1);
    memcpy(line + 300, ", *nobody, ", 11);
    strcpy(line + 380, "]");
    refused(line, "t:1:303: error:");
    refused(line, "  ...xxx");
    refused(line, "xxx...\n");
    refused("[\ta\t, *b]", "  [\ta\t, *b]\n   \t \t  ^\n");
}

static void an_empty_text_is_null(void **state)
{
    struct parse p;
    (void)state;
    parse_text(&p, "# nothing\n");
    assert_true(node_is_null(p.root));
    arena_free(p.arena);
    parse_text(&p, "\xEF\xBB\xBF"
                   "a: 1");
    assert_int_equal(node_find(p.root, "a")->place.column, 1);
    arena_free(p.arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_know_their_places),
        cmocka_unit_test(aliases_are_copies_and_merges_give_way),
        cmocka_unit_test(json_surrogate_pairs_are_joined),
        cmocka_unit_test(null_is_null_only_without_quotes),
        cmocka_unit_test(keys_that_are_one_are_refused),
        cmocka_unit_test(too_much_is_refused),
        cmocka_unit_test(a_thousand_anchors_may_be_set),
        cmocka_unit_test(what_is_no_scenario_is_refused),
        cmocka_unit_test(long_lines_are_shown_in_part),
        cmocka_unit_test(an_empty_text_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
