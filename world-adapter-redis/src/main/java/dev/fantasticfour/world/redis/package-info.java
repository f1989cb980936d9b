/** Queue and Streamer on Redis. */
@NullMarked
package dev.fantasticfour.world.redis;

import org.jspecify.annotations.NullMarked;
