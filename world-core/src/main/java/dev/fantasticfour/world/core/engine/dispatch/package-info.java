/**
 * Threads: the cooperative scheduler that lets one branch of a run go on at a time, and the alarm
 * clock. Knows nothing of workflows.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.dispatch;

import org.jspecify.annotations.NullMarked;
