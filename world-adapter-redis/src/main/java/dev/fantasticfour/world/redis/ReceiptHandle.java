package dev.fantasticfour.world.redis;

/**
 * The right to answer for a message: what its consumer holds while its lease lasts, and has to show
 * to acknowledge or renew it.
 *
 * @param id of the message
 * @param token of the claim; no other claim, of any process, has it
 */
record ReceiptHandle(String id, String token) {}
