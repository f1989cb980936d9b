@NullMarked
package dev.fantasticfour.world.core.engine.queued;

import org.jspecify.annotations.NullMarked;
