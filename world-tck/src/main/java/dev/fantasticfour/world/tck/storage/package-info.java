/**
 * The chapters of the storage kit, one interface each, and what they work with: {@link
 * dev.fantasticfour.world.tck.storage.StorageScene} to write and read, {@link
 * dev.fantasticfour.world.tck.storage.Drafts} for what is written, and {@link
 * dev.fantasticfour.world.tck.storage.LogOracle}, which looks at every log after every test.
 */
@NullMarked
package dev.fantasticfour.world.tck.storage;

import org.jspecify.annotations.NullMarked;
