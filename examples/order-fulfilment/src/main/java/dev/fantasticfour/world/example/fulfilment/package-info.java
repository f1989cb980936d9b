/**
 * An application that fulfils orders: each is one run, and each of its parcels another one, a child
 * of it. Read {@link dev.fantasticfour.world.example.fulfilment.OrderWorkflow} first. It compiles
 * against {@code world-api} and nothing else; its tests run it on three kinds of stores.
 */
@NullMarked
package dev.fantasticfour.world.example.fulfilment;

import org.jspecify.annotations.NullMarked;
