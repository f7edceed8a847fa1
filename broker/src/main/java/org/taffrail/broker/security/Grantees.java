// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a permission names: roles, and users as {@code user:NAME}, with commas between them; or
 * everybody who was let in; or nobody. Immutable.
 */
public final class Grantees {
    /** Stands for everybody who was let in, with a user or without. */
    public static final String EVERYBODY = "*";

    /** Stands for nobody. */
    public static final String NOBODY = "none";

    private static final String USER = "user:";

    private final String text;
    private final boolean everybody;
    private final Set<String> roles;
    private final Set<String> users;

    private Grantees(String text, boolean everybody, Set<String> roles, Set<String> users) {
        this.text = text;
        this.everybody = everybody;
        this.roles = Set.copyOf(roles);
        this.users = Set.copyOf(users);
    }

    /**
     * Reads a permission.
     *
     * @param text such as {@code traders, user:billing}, {@code *} or {@code none}
     * @return whom it names
     * @throws IllegalArgumentException if it names nobody without saying so, or a name that no role
     *     or user can have; the message says what is wrong
     */
    public static Grantees of(String text) {
        boolean everybody = false;
        boolean nobody = false;
        List<String> shown = new ArrayList<>();
        Set<String> roles = new HashSet<>();
        Set<String> users = new HashSet<>();
        for (String part : text.split(",", -1)) {
            String name = part.strip();
            shown.add(name);
            if (name.equals(EVERYBODY)) {
                everybody = true;
            } else if (name.equals(NOBODY)) {
                nobody = true;
            } else if (name.startsWith(USER)) {
                Users.checkName(name.substring(USER.length()));
                users.add(name.substring(USER.length()));
            } else {
                Users.checkRole(name);
                roles.add(name);
            }
        }
        if (shown.size() > 1 && (everybody || nobody)) {
            throw new IllegalArgumentException(
                    "* and none say all there is to say, and stand alone");
        }
        return new Grantees(String.join(",", shown), everybody, roles, users);
    }

    /**
     * Tells whether it names somebody.
     *
     * @param who somebody who was let in
     * @return true for everybody where it is {@code *}
     */
    public boolean include(Identity who) {
        if (everybody || who.user() != null && users.contains(who.user())) {
            return true;
        }
        for (String role : who.roles()) {
            if (roles.contains(role)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether it tells people apart.
     *
     * @return false for {@code *} and {@code none}, which mean the same for all
     */
    public boolean distinguishes() {
        return !roles.isEmpty() || !users.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grantees that
                && everybody == that.everybody
                && roles.equals(that.roles)
                && users.equals(that.users);
    }

    @Override
    public int hashCode() {
        return 31 * roles.hashCode() + users.hashCode() + (everybody ? 1 : 0);
    }

    /** Returns the text that {@link #of} reads back. */
    @Override
    public String toString() {
        return text;
    }
}
