// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.checks.selector;

import jakarta.jms.JMSException;

import org.taffrail.compat.kit.Check;
import org.taffrail.compat.kit.Scene;

/** IN in selectors. */
final class SelectorInChecks {
    private static Selection countries(Scene scene) {
        return Selection.on(scene)
                .message("UK", message -> message.setStringProperty("Country", "UK"))
                .message("US", message -> message.setStringProperty("Country", "US"))
                .message("Peru", message -> message.setStringProperty("Country", "Peru"));
    }

    @Check(section = "3.8.1.1", says = "IN selects the texts that are in its list.")
    void selectsWhatIsListed(Scene scene) throws JMSException {
        countries(scene)
                .selects("Country IN ('UK', 'US', 'France')", "UK", "US")
                .selects("Country IN ('Peru')", "Peru")
                .selects("Country IN ('France')")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "NOT IN selects the texts that are not in its list.")
    void isNegated(Scene scene) throws JMSException {
        countries(scene)
                .selects("Country NOT IN ('UK', 'US', 'France')", "Peru")
                .selects("NOT (Country IN ('UK', 'US', 'France'))", "Peru")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "IN compares texts by all their characters.")
    void comparesExactly(Scene scene) throws JMSException {
        countries(scene)
                .selects("Country IN ('uk', ' UK', 'UK ')")
                .selects("Country IN ('U%', '__')")
                .verify();
    }

    @Check(
            section = "3.8.1.1",
            says = "The list of IN can be long and have quotes and repetitions.")
    void takesAnyList(Scene scene) throws JMSException {
        StringBuilder many = new StringBuilder("it IN (");
        for (int i = 0; i < 300; i++) {
            many.append("'").append(i).append("', ");
        }
        many.append("'it''s')");
        Selection.on(scene)
                .value("299", "299")
                .value("it's", "it's")
                .value("300", "300")
                .selects(many.toString(), "299", "it's")
                .selects("it IN ('300', '300')", "300")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "IN is never true of a number or a boolean.")
    void ignoresOtherTypes(Scene scene) throws JMSException {
        Selection.on(scene)
                .value("text", "1")
                .value("number", 1)
                .value("boolean", true)
                .selects("it IN ('1', 'true')", "text")
                .verify();
    }

    @Check(section = "3.8.1.1", says = "IN can be combined with other conditions.")
    void isACondition(Scene scene) throws JMSException {
        countries(scene)
                .selects("Country IN ('UK', 'US') AND Country <> 'UK'", "US")
                .selects("Country = 'Peru' OR Country IN ('US')", "US", "Peru")
                .verify();
    }
}
