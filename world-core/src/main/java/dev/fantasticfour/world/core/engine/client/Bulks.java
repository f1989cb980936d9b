package dev.fantasticfour.world.core.engine.client;

import dev.fantasticfour.world.core.engine.time.Machine;
import dev.fantasticfour.world.core.port.RunViews;

/**
 * What bulks are done with.
 *
 * @param machine where they pause
 * @param appends knows the store's clock
 */
record Bulks(
    Machine machine,
    OutsideAppends appends,
    RunViews storage,
    RunControl control,
    RunAgain again) {}
