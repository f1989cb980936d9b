/**
 * What the store knows of a run, its steps, hooks and waits: plain records, folded from the log.
 * Adapters fill them, the client returns them.
 */
@NullMarked
package dev.fantasticfour.world.api.run;

import org.jspecify.annotations.NullMarked;
