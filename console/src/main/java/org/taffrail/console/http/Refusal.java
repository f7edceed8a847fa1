// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console.http;

/** A request is not carried out; its message is for whoever sent it. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The request can't be understood. */
    public static final int BAD_REQUEST = 400;

    /** Nobody in particular may not, or not with these credentials. */
    public static final int UNAUTHORIZED = 401;

    /** This user, or this page, may not. */
    public static final int FORBIDDEN = 403;

    /** There is no such thing. */
    public static final int NOT_FOUND = 404;

    /** The thing has no such method. */
    public static final int METHOD_NOT_ALLOWED = 405;

    /** It contradicts the state of what it is for. */
    public static final int CONFLICT = 409;

    /** The body has more bytes than are taken. */
    public static final int TOO_LARGE = 413;

    /** The address has more characters than are taken. */
    public static final int URI_TOO_LONG = 414;

    /** Something is in the body that is not taken. */
    public static final int UNSUPPORTED_TYPE = 415;

    /** The host that is asked for is not this one. */
    public static final int MISDIRECTED = 421;

    /** A defect. */
    public static final int DEFECT = 500;

    /** Not now. */
    public static final int UNAVAILABLE = 503;

    private final int status;
    private final String code;

    /**
     * Refuses.
     *
     * @param status the status code
     * @param message why, and what to do
     */
    public Refusal(int status, String message) {
        this(status, null, message);
    }

    /**
     * Refuses what the broker has refused.
     *
     * @param status the status code
     * @param code the symbol of the broker's error code, or null
     * @param message why, and what to do
     */
    public Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /**
     * Returns the status code.
     *
     * @return 400 or more
     */
    public int status() {
        return status;
    }

    /**
     * Returns the symbol of the broker's error code.
     *
     * @return null where it was not the broker that refused
     */
    public String code() {
        return code;
    }
}
