/**
 * Assembly by Guice: {@link dev.fantasticfour.world.core.guice.WorldModule} is the engine over
 * whatever {@code Storage}, {@code Queue} and {@code Streamer} other modules bind. The only room of
 * the core that knows Guice; nothing needs it.
 */
@NullMarked
package dev.fantasticfour.world.core.guice;

import org.jspecify.annotations.NullMarked;
