/**
 * Every exception World throws, and the two an author throws to tell it what to do: {@link
 * dev.fantasticfour.world.api.error.FatalException} and {@link
 * dev.fantasticfour.world.api.error.RetryableException}.
 */
@NullMarked
package dev.fantasticfour.world.api.error;

import org.jspecify.annotations.NullMarked;
