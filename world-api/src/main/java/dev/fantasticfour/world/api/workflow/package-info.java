/**
 * What an author of workflows writes against: the {@link
 * dev.fantasticfour.world.api.workflow.Workflow} interface, the context handed to it, and the typed
 * keys that give every persistent name exactly one home.
 */
@NullMarked
package dev.fantasticfour.world.api.workflow;

import org.jspecify.annotations.NullMarked;
