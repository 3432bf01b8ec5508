/* What a host holds of images. */
#include "models/ecs/image/image_store.h"
#include "tests/unit/unit.h"

static const struct image_layer base = {"base", 60, 0}, old_top = {"old", 10, 1}, new_top = {"new", 30, 2};
static const struct image_layer *old_layers[] = {&base, &old_top}, *new_layers[] = {&base, &new_top};
static const struct image old_image = {NULL, "web", "sha256:old", old_layers, 2},
                          new_image = {NULL, "web", "sha256:new", new_layers, 2},
                          base_image = {NULL, "base", "sha256:base", old_layers, 1};
static const struct image_name name = {.text = "web:1", .path = "web", .tag = "1"};

static void images_share_layers(void **state)
{
    (void)state;
    struct image_store store = {0};
    assert_int_equal(image_store_missing_bytes(&store, &old_image), 70);
    image_store_add(&store, &old_image, &name, 5);
    assert_int_equal(store.claimed, 70);
    assert_true(image_store_has(&store, &old_image));
    assert_true(image_store_has_layer(&store, &base));
    assert_false(image_store_has(&store, &new_image));
    assert_int_equal(image_store_missing_bytes(&store, &new_image), 30);
    image_store_add(&store, &new_image, NULL, 6);
    assert_int_equal(store.claimed, 100);
    image_store_remove(&store, &old_image);
    assert_true(image_store_has_layer(&store, &base));
    assert_false(image_store_has_layer(&store, &old_top));
    assert_int_equal(store.claimed, 90);
    image_store_remove(&store, &new_image);
    assert_false(image_store_has_layer(&store, &base));
    assert_int_equal(store.claimed, 0);
    image_store_free(&store);
}

static void an_image_is_here_once_its_last_layer_is(void **state)
{
    (void)state;
    struct image_store store = {0};
    image_store_expect(&store, &new_image);
    image_store_expect(&store, &new_image);
    assert_int_equal(store.image_count, 1);
    image_store_receive(&store, &base);
    image_store_receive(&store, &base);
    assert_int_equal(store.claimed, 90);
    assert_false(image_store_has(&store, &new_image));
    assert_int_equal(image_store_missing_bytes(&store, &new_image), 30);
    image_store_receive(&store, &new_top);
    assert_true(image_store_has(&store, &new_image));
    assert_false(image_store_find(&store, &new_image)->pulled);
    image_store_pulled(&store, &new_image, &name, 9);
    assert_true(image_store_find(&store, &new_image)->pulled);
    assert_int_equal(image_store_find(&store, &new_image)->pulled_at, 9);
    image_store_free(&store);
}

static void a_name_stands_for_what_was_pulled_last(void **state)
{
    (void)state;
    struct image_store store = {0};
    assert_null(image_store_named(&store, &name));
    image_store_add(&store, &old_image, &name, 1);
    assert_ptr_equal(image_store_named(&store, &name), &old_image);
    image_store_add(&store, &new_image, &name, 2);
    assert_ptr_equal(image_store_named(&store, &name), &new_image);
    image_store_remove(&store, &old_image);
    assert_ptr_equal(image_store_named(&store, &name), &new_image);
    image_store_remove(&store, &new_image);
    assert_null(image_store_named(&store, &name));
    image_store_free(&store);
}

static void what_is_referenced_was_used(void **state)
{
    (void)state;
    struct image_store store = {0};
    image_store_add(&store, &old_image, &name, 1);
    assert_int_equal(image_store_find(&store, &old_image)->used_at, SIMTIME_NEVER);
    image_store_reference(&store, &old_image, 3);
    image_store_reference(&store, &old_image, 4);
    assert_int_equal(image_store_find(&store, &old_image)->references, 2);
    image_store_unreference(&store, &old_image, 8);
    image_store_unreference(&store, &old_image, 9);
    assert_int_equal(image_store_find(&store, &old_image)->references, 0);
    assert_int_equal(image_store_find(&store, &old_image)->used_at, 9);
    assert_int_equal(store.claimed, 70);
    image_store_free(&store);
}

static void an_incomplete_image_goes_with_its_last_reference(void **state)
{
    (void)state;
    struct image_store store = {0};
    image_store_add(&store, &old_image, &name, 1);
    image_store_expect(&store, &new_image);
    image_store_reference(&store, &new_image, 2);
    image_store_unreference(&store, &new_image, 3);
    assert_null(image_store_find(&store, &new_image));
    assert_int_equal(store.claimed, 70);
    assert_true(image_store_has(&store, &old_image));
    image_store_free(&store);
}

/* Its layers stay with the image that brought them. */
static void an_image_that_was_never_pulled_goes_though_its_layers_are_here(void **state)
{
    (void)state;
    struct image_store store = {0};
    image_store_add(&store, &old_image, &name, 1);
    image_store_expect(&store, &base_image);
    image_store_reference(&store, &base_image, 2);
    assert_true(image_store_has(&store, &base_image));
    image_store_unreference(&store, &base_image, 3);
    assert_null(image_store_find(&store, &base_image));
    assert_int_equal(store.claimed, 70);
    image_store_remove(&store, &old_image);
    assert_int_equal(store.claimed, 0);
    image_store_free(&store);
}

/* A download outlives the image for which it was begun, since a task that waits for it does. */
static void a_layer_that_no_image_has_is_not_kept(void **state)
{
    (void)state;
    struct image_store store = {0};
    image_store_receive(&store, &base);
    image_store_expect(&store, &base_image);
    assert_false(image_store_has_layer(&store, &base));
    image_store_free(&store);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(images_share_layers),
        cmocka_unit_test(an_image_is_here_once_its_last_layer_is),
        cmocka_unit_test(a_name_stands_for_what_was_pulled_last),
        cmocka_unit_test(what_is_referenced_was_used),
        cmocka_unit_test(an_incomplete_image_goes_with_its_last_reference),
        cmocka_unit_test(an_image_that_was_never_pulled_goes_though_its_layers_are_here),
        cmocka_unit_test(a_layer_that_no_image_has_is_not_kept),
    };
    return RUN_TESTS(tests);
}
