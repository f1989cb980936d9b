/**
 * The chapters of the streamer kit, one interface each, and what they work with: {@link
 * dev.fantasticfour.world.tck.stream.StreamScene} to write and to read.
 */
@NullMarked
package dev.fantasticfour.world.tck.stream;

import org.jspecify.annotations.NullMarked;
