package dev.fantasticfour.world.api.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody keeps a run from going on. No fact of the run (law L1), and no status: what is open
 * stays open, its waits keep their times, and what others say to it is accepted and waits.
 *
 * @param since by the store's clock
 * @param reason why, for people
 * @param by who, for people
 */
public record Hold(Instant since, @Nullable String reason, @Nullable String by) {}
