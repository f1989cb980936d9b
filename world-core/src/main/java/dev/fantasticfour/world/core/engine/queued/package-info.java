/**
 * Runs queued steps: takes their messages, runs the registered body as the holder of one attempt,
 * and appends what it came to. Owns no run.
 */
@NullMarked
package dev.fantasticfour.world.core.engine.queued;

import org.jspecify.annotations.NullMarked;
