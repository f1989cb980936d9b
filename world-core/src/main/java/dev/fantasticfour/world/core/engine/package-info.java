/**
 * The engine put together: {@link dev.fantasticfour.world.core.engine.EngineWorld} over three
 * ports. The rooms below each do one thing; this one only knows in which order they are opened and
 * closed.
 */
@NullMarked
package dev.fantasticfour.world.core.engine;

import org.jspecify.annotations.NullMarked;
