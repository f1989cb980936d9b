package dev.fantasticfour.world.tck;

import dev.fantasticfour.world.core.port.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that only an adapter with those capabilities has to pass; for one that declines one of
 * them by name the test is aborted with the reason. There is no other way to opt out of a test.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

  /** What the adapter must not decline. */
  Capability[] value();
}
