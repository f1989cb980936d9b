package dev.fantasticfour.world.spring;

import dev.fantasticfour.world.api.config.WorldConfig;

/**
 * Changes the configuration of the world before it is opened. Every bean of this type is asked, in
 * the order of {@code @Order}, each with what the one before it said; the first with what the
 * properties say.
 */
@FunctionalInterface
public interface WorldConfigCustomizer {

  /** The configuration to go on with. */
  WorldConfig customize(WorldConfig config);
}
