/**
 * Runs the bodies of steps: on virtual threads, bounded, interrupted at their timeout or when
 * nobody wants their result any more. Knows nothing of runs but whom to tell.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.step;

import org.jspecify.annotations.NullMarked;
