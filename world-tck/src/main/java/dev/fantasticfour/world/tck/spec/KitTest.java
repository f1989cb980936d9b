package dev.fantasticfour.world.tck.spec;

import dev.fantasticfour.world.tck.Kit;
import dev.fantasticfour.world.tck.Rule;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A test of a kit.
 *
 * @param chapter the interface that holds it, {@code HookChapter} for one
 * @param tag what the chapter is run by alone
 * @param name its method
 * @param rules ids of the rules it stands for
 */
public record KitTest(String chapter, String tag, String name, List<String> rules) {

  /** All tests of a kit, by chapter and name. */
  public static List<KitTest> of(Class<?> kit) {
    return kits(kit)
        .flatMap(type -> Stream.of(type.getDeclaredClasses()))
        .filter(type -> type.isAnnotationPresent(Nested.class))
        .flatMap(KitTest::ofChapter)
        .sorted(Comparator.comparing(KitTest::toString))
        .toList();
  }

  /** The test that is that method, which a chapter of that tag has inherited. */
  public static KitTest of(Method method, String tag) {
    Rule rule = method.getAnnotation(Rule.class);
    return new KitTest(
        method.getDeclaringClass().getSimpleName(),
        tag,
        method.getName(),
        rule == null ? List.of() : List.of(rule.value()));
  }

  /** The class and what it extends, as far as it is a kit. */
  private static Stream<Class<?>> kits(Class<?> kit) {
    return Stream.<Class<?>>iterate(kit, Kit.class::isAssignableFrom, Class::getSuperclass);
  }

  private static Stream<KitTest> ofChapter(Class<?> nested) {
    return Arrays.stream(nested.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(method -> of(method, tag(nested)));
  }

  /** The tag of a chapter, or its name when it has none. */
  public static String tag(Class<?> nested) {
    Tag tag = nested.getAnnotation(Tag.class);
    return tag == null ? nested.getSimpleName() : tag.value();
  }

  /** Chapter and name, as the specification writes them. */
  @Override
  public String toString() {
    return chapter + "." + name;
  }
}
