/**
 * Assembly of the Redis adapters: one Guice module for each port, and the providers by which a
 * runtime dependency alone brings them in. The only room of this module that knows Guice.
 */
@NullMarked
package dev.fantasticfour.world.redis.guice;

import org.jspecify.annotations.NullMarked;
