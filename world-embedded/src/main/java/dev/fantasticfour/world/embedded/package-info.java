/**
 * Real PostgreSQL and Redis server processes, started from Maven artifacts without a container
 * engine and without anything installed.
 *
 * <p>This room is where tests, fault tests and the command line's embedded default get their
 * servers from. {@link dev.fantasticfour.world.embedded.Services} decides once per JVM which
 * servers are used; {@link dev.fantasticfour.world.embedded.EmbeddedPostgres} and {@link
 * dev.fantasticfour.world.embedded.EmbeddedRedis} start private ones that may be stopped, killed,
 * paused and started again. No server started here outlives its JVM, however that JVM ends.
 */
@NullMarked
package dev.fantasticfour.world.embedded;

import org.jspecify.annotations.NullMarked;
