/**
 * Measures a world with Micrometer: {@link dev.fantasticfour.world.micrometer.MicrometerObserver}
 * keeps the meters of {@code dev.fantasticfour.world.core.observe.Meters} in a registry. On the
 * class path it is found by itself and uses the global registry; or it is made over a registry of
 * the application and given to the Guice module. Sees the core's observe and ports, and no engine.
 */
@NullMarked
package dev.fantasticfour.world.micrometer;

import org.jspecify.annotations.NullMarked;
