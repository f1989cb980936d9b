/** The compatibility kit: what every adapter must do, as tests an adapter's author can run. */
@NullMarked
package dev.fantasticfour.world.tck;

import org.jspecify.annotations.NullMarked;
