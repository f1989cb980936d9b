/**
 * One run as an actor: {@link dev.fantasticfour.world.core.engine.run.RunExecution} has a mailbox
 * that any thread leaves signals in, and works them off one at a time, in turns.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.run;

import org.jspecify.annotations.NullMarked;
