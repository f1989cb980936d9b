/**
 * What an application compiles against: start a {@link dev.fantasticfour.world.api.World}, talk to
 * its {@link dev.fantasticfour.world.api.WorldClient}, hold {@link
 * dev.fantasticfour.world.api.Run}s. Nothing here does I/O; the engine and the adapters are found
 * at run time.
 */
@NullMarked
package dev.fantasticfour.world.api;

import org.jspecify.annotations.NullMarked;
