/**
 * The three ports: {@link dev.fantasticfour.world.core.port.Storage}, {@link
 * dev.fantasticfour.world.core.port.Queue} and {@link dev.fantasticfour.world.core.port.Streamer},
 * with the records that go in and the sealed results that come out. The engine calls them, adapters
 * implement them, the compatibility kit proves them. No behaviour lives here.
 */
@NullMarked
package dev.fantasticfour.world.core.port;

import org.jspecify.annotations.NullMarked;
