/**
 * Queue and Streamer on Redis: {@link dev.fantasticfour.world.redis.RedisQueue} and {@link
 * dev.fantasticfour.world.redis.RedisStreamer}.
 *
 * <p>Every change of more than one key is one Lua script, in this package's resources; every key is
 * made in {@link dev.fantasticfour.world.redis.RedisKeys}. The server's clock decides what is due.
 * Called by the engine through the ports of {@code world-core}; calls Redis through Redisson.
 */
@NullMarked
package dev.fantasticfour.world.redis;

import org.jspecify.annotations.NullMarked;
