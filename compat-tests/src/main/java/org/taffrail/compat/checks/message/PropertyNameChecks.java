// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.message;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Expect;
import org.taffrail.compat.kit.RoundTrip;
import org.taffrail.compat.kit.Scene;
import org.taffrail.compat.kit.Strength;

import java.util.List;

/** Which names properties may have: those of identifiers in a message selector. */
final class PropertyNameChecks {
    @Check(
            section = "api:Message",
            says = "Setting a property whose name is null throws IllegalArgumentException.")
    void refusesNull(Scene scene) throws JMSException {
        refusesEmpty(scene.session().createMessage(), null);
    }

    @Check(
            section = "api:Message",
            says = "Setting a property whose name is empty throws IllegalArgumentException.")
    void refusesTheEmptyName(Scene scene) throws JMSException {
        refusesEmpty(scene.session().createMessage(), "");
    }

    private static void refusesEmpty(Message message, String name) {
        PropertySetters.ALL.forEach(
                (setter, property) ->
                        Expect.refused(
                                IllegalArgumentException.class,
                                setter + " with the name " + name,
                                () -> property.set(message, name)));
    }

    @Check(section = "3.5.1", says = "A property's name can begin with any letter, '_' or '$'.")
    void takesAnyIdentifierStart(Scene scene) throws JMSException {
        keeps(scene, List.of("a", "Z", "_", "$", "_9", "$9", "\u00e9t\u00e9", "\u4ef7\u683c"));
    }

    @Check(
            section = "3.5.1",
            says = "A property's name can go on with letters, digits, '_' and '$' of any script.")
    void takesAnyIdentifierPart(Scene scene) throws JMSException {
        keeps(scene, List.of("a1", "a_b", "a$b", "p\u0661", "stra\u00dfe", "x\u0301"));
    }

    @Check(section = "3.8.1.1", says = "A property's name can be of any length.")
    void takesLongNames(Scene scene) throws JMSException {
        keeps(scene, List.of("p".repeat(300), "q".repeat(2000)));
    }

    @Check(
            section = "3.8.1.1",
            says = "A property's name may contain a reserved word as part of it.")
    void takesNamesThatBeginWithReservedWords(Scene scene) throws JMSException {
        keeps(scene, List.of("NULLable", "order", "android", "INside", "isNull", "like_", "_OR"));
    }

    @Check(section = "3.8.1.1", says = "Names of properties that differ in case are different.")
    void tellsCase(Scene scene) throws JMSException {
        keeps(scene, List.of("price", "Price", "PRICE"));
    }

    private static void keeps(Scene scene, List<String> names) throws JMSException {
        RoundTrip trip = RoundTrip.on(scene);
        Message message = trip.session().createMessage();
        for (String name : names) {
            message.setStringProperty(name, "of " + name);
        }

        Message received = trip.of(message);

        for (String name : names) {
            Expect.equal("of " + name, received.getObjectProperty(name), "the property " + name);
        }
    }

    @Check(
            section = "3.5.1",
            says = "A property's name that is no identifier of the selector language is refused.",
            strength = Strength.COMMON_PRACTICE)
    void refusesWhatIsNoIdentifier(Scene scene) throws JMSException {
        refuses(scene, List.of("1a", "a b", "a-b", "a.b", "a+b", "'a'", "a,b", " a", "(a)"));
    }

    @Check(
            section = "3.8.1.1",
            says = "A property can't be named by a reserved word of the selector language.",
            strength = Strength.COMMON_PRACTICE)
    void refusesReservedWords(Scene scene) throws JMSException {
        refuses(
                scene,
                List.of(
                        "NULL", "TRUE", "FALSE", "NOT", "AND", "OR", "BETWEEN", "LIKE", "IN", "IS",
                        "ESCAPE"));
    }

    private static void refuses(Scene scene, List<String> names) throws JMSException {
        Message message = scene.session().createMessage();
        for (String name : names) {
            Expect.that(isRefused(message, name), "a property could be set by the name " + name);
        }
    }

    /** The text does not say how, and providers differ. */
    private static boolean isRefused(Message message, String name) {
        try {
            message.setStringProperty(name, "x");
            return false;
        } catch (JMSException | JMSRuntimeException | IllegalArgumentException e) {
            return true;
        }
    }
}
