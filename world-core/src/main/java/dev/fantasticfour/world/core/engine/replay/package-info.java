/**
 * A history told to fresh code without a store: whether a build still does what its runs have done.
 * No body of a step is run, and nothing is reached.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.replay;

import org.jspecify.annotations.NullMarked;
