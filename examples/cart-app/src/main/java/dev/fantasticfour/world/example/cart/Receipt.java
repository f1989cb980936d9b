package dev.fantasticfour.world.example.cart;

import org.jspecify.annotations.Nullable;

/**
 * How a cart ended.
 *
 * @param contents what it held
 * @param payment number of the payment, null when nothing was charged
 * @param parcel number of the parcel, null when nothing was packed
 */
public record Receipt(Contents contents, @Nullable String payment, @Nullable String parcel) {}
