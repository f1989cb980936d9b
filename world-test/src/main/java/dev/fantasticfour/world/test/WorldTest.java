package dev.fantasticfour.world.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that is given a {@link TestWorld} of its own as a parameter: fresh for every test, closed
 * afterwards. When the test fails, what its runs were doing is added to the failure.
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(WorldExtension.class)
public @interface WorldTest {}
