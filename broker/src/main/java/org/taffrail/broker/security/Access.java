// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.taffrail.broker.core.policy.DestinationPattern;
import org.taffrail.wire.record.DestinationKind;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what with which destination: the one place that knows. Asked by the sessions of
 * clients, and by whoever else serves people that an {@link Authenticator} has let in. Immutable:
 * other permissions are another object. Any thread may ask.
 *
 * <p>A right on a destination is granted by the most specific pattern that matches the name and
 * says something of this right, or else by what holds for all. Managers and importers ({@link
 * Grants}) have that one right everywhere beside.
 *
 * <p>Temporary destinations are not judged by their names: who sends to one must have been told its
 * name, nobody but its connection consumes from it, and only who manages everything manages it.
 */
public final class Access {
    private static final String TEMPORARY_KEY = "security.temporary";
    private static final String CLIENT_IDS_KEY = "security.clientIds";
    private static final String MANAGERS_KEY = "security.managers";
    private static final String IMPORTERS_KEY = "security.importers";

    private final Map<Right, Grantees> defaults;
    private final Map<Right, TreeMap<DestinationPattern, Grantees>> patterns;
    private final Grantees temporary;
    private final boolean ownClientIds;
    private final Grants grants;

    /**
     * One permission.
     *
     * @param pattern the destinations it is for; null for what holds where no pattern says more
     * @param right the right
     * @param grantees who has it
     */
    public record Rule(DestinationPattern pattern, Right right, Grantees grantees) {}

    private Access(
            Map<Right, Grantees> defaults,
            Map<Right, TreeMap<DestinationPattern, Grantees>> patterns,
            Grantees temporary,
            boolean ownClientIds,
            Grants grants) {
        this.defaults = defaults;
        this.patterns = patterns;
        this.temporary = temporary;
        this.ownClientIds = ownClientIds;
        this.grants = grants;
    }

    /**
     * Makes what some rules say.
     *
     * @param rules the rules; a right without one for all destinations is as in {@link #open}
     * @param temporary who may make temporary destinations
     * @param ownClientIds whether a client id must be that of its user, see {@link #refuseClientId}
     * @param grants who may do something everywhere
     * @return the permissions
     */
    public static Access of(
            Collection<Rule> rules, Grantees temporary, boolean ownClientIds, Grants grants) {
        Map<Right, Grantees> defaults = new EnumMap<>(Right.class);
        Map<Right, TreeMap<DestinationPattern, Grantees>> patterns = new EnumMap<>(Right.class);
        for (Right right : Right.values()) {
            defaults.put(right, usual(right));
            patterns.put(right, new TreeMap<>());
        }
        for (Rule rule : rules) {
            if (rule.pattern() == null) {
                defaults.put(rule.right(), rule.grantees());
            } else {
                patterns.get(rule.right()).put(rule.pattern(), rule.grantees());
            }
        }
        return new Access(defaults, patterns, temporary, ownClientIds, grants);
    }

    /**
     * Returns what holds where nothing is configured: everybody sends, receives, browses and
     * creates, makes temporary destinations, and manages; nobody imports.
     *
     * @return the permissions
     */
    public static Access open() {
        return of(List.of(), Grantees.of(Grantees.EVERYBODY), false, Grants.WITHOUT_USERS);
    }

    /**
     * Returns who has a right where nothing is configured.
     *
     * @param right the right
     * @return everybody, or nobody
     */
    public static Grantees usual(Right right) {
        boolean reserved = right == Right.MANAGE || right == Right.IMPORT;
        return Grantees.of(reserved ? Grantees.NOBODY : Grantees.EVERYBODY);
    }

    /**
     * Tells whether somebody may do something with a destination.
     *
     * @param who somebody who was let in
     * @param right what
     * @param kind the destination's kind
     * @param name its name, of a destination that exists or not
     * @return whether it is permitted
     */
    public boolean may(Identity who, Right right, DestinationKind kind, String name) {
        return refuse(who, right, kind, name) == null;
    }

    /**
     * Says why somebody may not do something with a destination.
     *
     * @param who somebody who was let in
     * @param right what
     * @param kind the destination's kind
     * @param name its name, of a destination that exists or not
     * @return null where it is permitted
     */
    public Denied refuse(Identity who, Right right, DestinationKind kind, String name) {
        if (hasEverywhere(who, right)) {
            return null;
        }
        String key = right.key();
        Grantees grantees = defaults.get(right);
        if (kind.isTemporary()) {
            if (right != Right.MANAGE && right != Right.IMPORT) {
                return null;
            }
            grantees = Grantees.of(Grantees.NOBODY);
            key = right == Right.MANAGE ? MANAGERS_KEY : IMPORTERS_KEY;
        } else {
            for (Map.Entry<DestinationPattern, Grantees> each : patterns.get(right).entrySet()) {
                if (each.getKey().matches(kind, name)) {
                    grantees = each.getValue();
                    key = each.getKey().scope().prefix() + each.getKey() + '.' + right.key();
                    break;
                }
            }
        }
        if (grantees.include(who)) {
            return null;
        }
        String object = (kind.isQueue() ? "queue " : "topic ") + name;
        return denied(
                who,
                right.word(),
                object,
                key + also(right, key),
                who + " may not " + right.verb() + ' ' + object);
    }

    private static Denied denied(
            Identity who, String right, String object, String key, String reason) {
        return new Denied(who, right, object, key, reason + ": see " + key);
    }

    private static String also(Right right, String key) {
        String other =
                right == Right.MANAGE ? MANAGERS_KEY : right == Right.IMPORT ? IMPORTERS_KEY : null;
        return other == null || other.equals(key) ? "" : " and " + other;
    }

    private boolean hasEverywhere(Identity who, Right right) {
        return right == Right.MANAGE && manages(who)
                || right == Right.IMPORT && grants.imports(who);
    }

    /**
     * Tells whether somebody may manage everything.
     *
     * @param who somebody who was let in
     * @return whether it is one of the managers
     */
    public boolean manages(Identity who) {
        return grants.manages(who);
    }

    /**
     * Tells whether there may be a destination with which somebody may do something.
     *
     * @param who somebody who was let in
     * @param right what
     * @return false if no rule grants it
     */
    public boolean mayAnywhere(Identity who, Right right) {
        return hasEverywhere(who, right)
                || defaults.get(right).include(who)
                || patterns.get(right).values().stream().anyMatch(each -> each.include(who));
    }

    /**
     * Says why somebody may not do something with any destination.
     *
     * @param who somebody who was let in
     * @param right what
     * @return null where there may be one
     */
    public Denied refuseEverywhere(Identity who, Right right) {
        if (mayAnywhere(who, right)) {
            return null;
        }
        String what =
                switch (right) {
                    case MANAGE -> "manage this broker";
                    case IMPORT -> "import messages into this broker";
                    default -> right.verb() + " any destination";
                };
        return denied(
                who,
                right.word(),
                null,
                right.key() + also(right, right.key()),
                who + " may not " + what);
    }

    /**
     * Says why somebody may not decide what concerns the whole broker, such as what becomes of
     * other users' transactions.
     *
     * @param who somebody who was let in
     * @return null for those who manage everything
     */
    public Denied refuseManager(Identity who) {
        return manages(who)
                ? null
                : denied(
                        who,
                        Right.MANAGE.word(),
                        null,
                        MANAGERS_KEY,
                        who + " may not manage all of this broker");
    }

    /**
     * Says why somebody may not make temporary destinations.
     *
     * @param who somebody who was let in
     * @return null where it is permitted
     */
    public Denied refuseTemporary(Identity who) {
        return temporary.include(who)
                ? null
                : denied(
                        who,
                        "temporary",
                        null,
                        TEMPORARY_KEY,
                        who + " may not make temporary destinations");
    }

    /**
     * Says why somebody may not go by a client id. Where client ids are bound to users it is the
     * user's name, or begins with it and a colon, which no user's name has: so nobody can come as
     * somebody else's client, and consume from, replace or end its durable subscriptions.
     *
     * @param who somebody who was let in
     * @param clientId the client id; null for none, which is always permitted
     * @return null where it is permitted
     */
    public Denied refuseClientId(Identity who, String clientId) {
        if (!ownClientIds || clientId == null) {
            return null;
        }
        String user = who.user();
        boolean own = user != null && (clientId.equals(user) || clientId.startsWith(user + ':'));
        return own
                ? null
                : denied(
                        who,
                        "clientId",
                        "client id " + clientId,
                        CLIENT_IDS_KEY,
                        who
                                + " may not go by the client id '"
                                + clientId
                                + "', which must be the user's name or begin with it and a colon");
    }
}
