/**
 * The one way by which the engine writes facts: {@link
 * dev.fantasticfour.world.core.engine.append.AppendPump} folds what many runs and clients append at
 * the same time into few calls of the store, repeats what the store could not answer, and keeps a
 * locked run out of the others' way. Runs and the client call in; it calls the storage port only.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.append;

import org.jspecify.annotations.NullMarked;
