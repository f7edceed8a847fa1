// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms;

/**
 * The arithmetic of one consumer's credit: how much the broker may still send, and when it gets
 * more. What counts against the window is what the broker may send and what waits in the buffer,
 * not what the application holds unacknowledged: a window of one must not stop a session that
 * acknowledges in bulk. New credit is given when half of the window is used, so that a frame buys
 * many messages.
 *
 * <p>The window begins small and doubles with each replenishment: a consumer that is made for one
 * message, as containers and templates do, must not have a thousand sent to it and back.
 *
 * <p>Both may go below zero, as they do at the broker: it sends a message while any byte of credit
 * is left, and a few urgent ones beyond the credit. Not thread-safe: guarded by the session's lock.
 */
final class CreditWindow {
    /** The bytes that a request for single messages grants: whatever size they have. */
    static final int BYTES_ANY = Integer.MAX_VALUE;

    /** How many messages are sent ahead at first. */
    static final int MESSAGES_FIRST = 8;

    private final int messagesMax;
    private final int bytesMax;

    /** How many messages were to be sent ahead when credit was last given. */
    private int window;

    private long messages;
    private long bytes;
    private int grantMessages;
    private int grantBytes;

    CreditWindow(int messagesMax, int bytesMax) {
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
    }

    /** Tells whether nothing is sent ahead: each message is asked for. */
    boolean isPull() {
        return messagesMax == 0;
    }

    /** Returns how many messages the broker may still send. */
    long messages() {
        return messages;
    }

    /** Takes note of a delivery. */
    void delivered(int deliveredBytes) {
        messages--;
        bytes -= deliveredBytes;
    }

    /** Takes note that unused credit was taken back. */
    void forget() {
        messages = 0;
        bytes = 0;
    }

    /**
     * Works out whether the broker gets more credit, which {@link #grantMessages} and {@link
     * #grantBytes} then tell and which counts as given.
     *
     * @param bufferedMessages how many messages wait in the buffer
     * @param bufferedBytes how many bytes they have
     * @return whether there is anything to give
     */
    boolean replenish(int bufferedMessages, long bufferedBytes) {
        long usedMessages = messages + bufferedMessages;
        long usedBytes = Math.max(0, bytes) + bufferedBytes;
        boolean few = usedMessages <= window / 2;
        boolean small = usedBytes <= bytesMax / 2;
        if (isPull() || !few && !small) {
            return false;
        }
        window = (int) Math.min(messagesMax, Math.max(MESSAGES_FIRST, window * 2L));
        return grant(
                Math.max(0, window - usedMessages),
                Math.max(0, bytesMax - usedBytes - Math.min(0, bytes)));
    }

    /**
     * Grants one message of any size unless one is on its way already. Without a window every grant
     * ends with a drain or a reset, so that the broker has no debt then.
     */
    boolean replenishOne() {
        if (messages > 0) {
            return false;
        }
        if (isPull()) {
            forget();
        }
        return grant(1 - messages, BYTES_ANY);
    }

    /** Returns how many messages the last replenishment granted. */
    int grantMessages() {
        return grantMessages;
    }

    /** Returns how many bytes the last replenishment granted. */
    int grantBytes() {
        return grantBytes;
    }

    private boolean grant(long moreMessages, long moreBytes) {
        grantMessages = (int) Math.min(Integer.MAX_VALUE, moreMessages);
        grantBytes = (int) Math.min(Integer.MAX_VALUE, moreBytes);
        messages += grantMessages;
        bytes += grantBytes;
        return grantMessages > 0 || grantBytes > 0;
    }
}
