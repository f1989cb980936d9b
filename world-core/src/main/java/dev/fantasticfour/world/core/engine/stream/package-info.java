/** Typed streams: chunks as values over the streamer port. Steps write here, clients read here. */
@NullMarked
package dev.fantasticfour.world.core.engine.stream;

import org.jspecify.annotations.NullMarked;
