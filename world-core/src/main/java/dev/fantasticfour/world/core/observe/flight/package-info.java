/**
 * What a world tells the flight recorder of the JVM: one class for each kind of event, all of them
 * on in every recording unless its settings say otherwise. Without a recording an event is a null
 * that is passed along: nothing is allocated, and no clock is asked. The engine calls in here
 * directly, with observers or without; nothing here knows the engine.
 */
@NullMarked
package dev.fantasticfour.world.core.observe.flight;

import org.jspecify.annotations.NullMarked;
