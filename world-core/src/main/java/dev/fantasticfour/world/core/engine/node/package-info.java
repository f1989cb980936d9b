/**
 * One node: registration and heartbeat, the sweep, admission, eviction, and the table of runs that
 * live here. It claims runs and hands them to their execution; it decides nothing about them.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.node;

import org.jspecify.annotations.NullMarked;
