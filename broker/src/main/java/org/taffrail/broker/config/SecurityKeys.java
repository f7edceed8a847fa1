// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Grantees;
import org.taffrail.broker.security.Right;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The keys that say who may do what with which destination, and which risks are taken. */
public final class SecurityKeys {
    /** Client ids are anybody's. */
    public static final String ANYBODYS = "anybodys";

    /** Client ids are bound to users. */
    public static final String OWN = "own";

    /** Says that what crosses the network may be read on the way. */
    public static final String CLEARTEXT = "cleartext";

    /** Says that whoever reaches the port may do whatever nobody in particular may. */
    public static final String STRANGERS = "strangers";

    private static final Map<Right, ConfigKey<String>> PERMISSIONS = new EnumMap<>(Right.class);

    static {
        permission(
                Right.SEND,
                "Who may send to the destination: names of roles, and of users as `user:NAME`, with"
                        + " commas between them; `*` for everybody who is let in, `none` for nobody.");
        permission(
                Right.RECEIVE,
                "Who may consume from it: from a queue, or with any subscription of a topic; and"
                        + " end such a subscription. Written as above, as are those that follow.");
        permission(
                Right.BROWSE,
                "Who may look at its messages without taking any, and read its past: browsers, and"
                        + " whatever says `start=`.");
        permission(
                Right.CREATE,
                "Who may make it by naming it, where destinations.createOnUse allows that at all.");
        permission(
                Right.MANAGE,
                "Who may manage it with the commands queue, topic, group and dlq, beside those in"
                        + " security.managers, who may manage everything.");
        permission(
                Right.IMPORT,
                "Who may import into it, beside those in security.importers, who may import"
                        + " everywhere.");
    }

    /** Who makes temporary destinations. */
    public static final ConfigKey<String> TEMPORARY =
            named("security.temporary")
                    .live()
                    .does("Who may make temporary queues and topics, written as permissions.send.")
                    .from(1, 4096)
                    .checkedBy(Grantees::of)
                    .text(Grantees.EVERYBODY);

    /** Whose client ids are. */
    public static final ConfigKey<String> CLIENT_IDS =
            named("security.clientIds")
                    .live()
                    .does(
                            "Who may go by a client id, and with it consume from, replace or end the"
                                    + " durable subscriptions under it: with `anybodys` whoever comes"
                                    + " first; with `own` a user whose name it is, or whose name and"
                                    + " a colon it begins with, as `billing:2`.")
                    .oneOf(ANYBODYS, OWN);

    /** What somebody has said to be aware of. */
    public static final ConfigKey<String> NETWORK_RISKS =
            named("security.networkRisks")
                    .onlyServer()
                    .does(
                            "The risks that are taken on a network: a broker that listens on more than"
                                    + " loopback does not start unless each that it has is named here."
                                    + " `cleartext`: without tls.keyStore passwords and messages can be"
                                    + " read, and changed, on the way. `strangers`: where clients need"
                                    + " no user, whoever reaches the port may do what everybody may."
                                    + " Both with a comma between them; `none` takes none.")
                    .from(1, 255)
                    .checkedBy(SecurityKeys::risks)
                    .text(Grantees.NOBODY);

    static final List<ConfigKey<?>> ALL = all();

    private SecurityKeys() {}

    private static void permission(Right right, String doc) {
        PERMISSIONS.put(
                right,
                named(right.key())
                        .perDestination()
                        .live()
                        .does(doc)
                        .from(1, 4096)
                        .checkedBy(Grantees::of)
                        .text(Access.usual(right).toString()));
    }

    private static List<ConfigKey<?>> all() {
        List<ConfigKey<?>> all = new ArrayList<>(PERMISSIONS.values());
        all.add(TEMPORARY);
        all.add(CLIENT_IDS);
        all.add(NETWORK_RISKS);
        return List.copyOf(all);
    }

    /**
     * Returns the key that says who has a right.
     *
     * @param right the right
     * @return a key by destination
     */
    public static ConfigKey<String> permission(Right right) {
        return PERMISSIONS.get(right);
    }

    /** Reads which risks are named. */
    static List<String> risks(String text) {
        List<String> risks = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            risks.add(each.strip());
        }
        if (!risks.equals(List.of(Grantees.NOBODY))
                && !List.of(CLEARTEXT, STRANGERS).containsAll(risks)) {
            throw new IllegalArgumentException(
                    "allowed are none, or cleartext and strangers with a comma between them");
        }
        return risks;
    }
}
