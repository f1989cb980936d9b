/**
 * What can be seen from outside of a world at work, without changing it: an {@link
 * dev.fantasticfour.world.core.observe.Observer} is called around what takes time and told of what
 * happens, and {@link dev.fantasticfour.world.core.observe.Meters} is the one list of what is
 * measured, whoever measures it. The engine calls in here; nothing here knows the engine, a store
 * or a library of metrics. A world without observers does none of this.
 */
@NullMarked
package dev.fantasticfour.world.core.observe;

import org.jspecify.annotations.NullMarked;
