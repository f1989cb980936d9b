package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.RunViews;

/**
 * What bulks are done with.
 *
 * @param machine where they pause
 */
record Bulks(Machine machine, RunViews storage, RunControl control, RunAgain again) {}
