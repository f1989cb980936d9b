/**
 * The append-only log of a run: {@link dev.fantasticfour.world.api.event.Event} is one line of it,
 * {@link dev.fantasticfour.world.api.event.Fact} what that line says. Everything else about a run
 * is a fold of these.
 */
@NullMarked
package dev.fantasticfour.world.api.event;

import org.jspecify.annotations.NullMarked;
