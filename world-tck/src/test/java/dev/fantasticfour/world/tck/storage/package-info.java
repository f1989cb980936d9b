/** The judges of the storage kit, judged themselves. */
@NullMarked
package dev.fantasticfour.world.tck.storage;

import org.jspecify.annotations.NullMarked;
