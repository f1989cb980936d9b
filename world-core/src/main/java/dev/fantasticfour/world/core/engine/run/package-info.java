/**
 * The execution of one run: {@link dev.fantasticfour.world.core.engine.run.Program} is the author's
 * code with all it waits for, told one event at a time and asked what it wants recorded; {@link
 * dev.fantasticfour.world.core.engine.run.RunExecution} conducts its turns against the ports.
 * Events go in, drafts come out; nothing else crosses.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.run;

import org.jspecify.annotations.NullMarked;
