/** What the flight recorder is told. */
@NullMarked
package dev.fantasticfour.world.core.observe.flight;

import org.jspecify.annotations.NullMarked;
