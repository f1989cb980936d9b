package dev.fantasticfour.world.tck;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The promises a test of the kit checks, by their ids: a rule of the specification ({@code ORD-2},
 * {@code ST-7}) or a law of the design ({@code L3}). A failing test says them first.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {

  /** Ids, the most telling one first. */
  String[] value();
}
