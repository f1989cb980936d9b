/**
 * An application that keeps shopping carts: each is one run, from the first item to the parcel or
 * to the day on which nobody comes back to it. Read {@link
 * dev.fantasticfour.world.example.cart.CartWorkflow} first. It compiles against {@code world-api}
 * and nothing else; its tests run it on three kinds of stores.
 */
@NullMarked
package dev.fantasticfour.world.example.cart;

import org.jspecify.annotations.NullMarked;
