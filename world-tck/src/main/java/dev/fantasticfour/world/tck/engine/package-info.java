/**
 * The chapters of the world kit, one interface each, and what they work with: {@link
 * dev.fantasticfour.world.tck.engine.WorldScene}, which opens peers and starts runs, and a few
 * workflows that use all there is.
 */
@NullMarked
package dev.fantasticfour.world.tck.engine;

import org.jspecify.annotations.NullMarked;
