"""Fits usual models on the first leads of a file and prints how well each foretells the rest, as AUC by name.

Arguments: a CSV file with a column `outcome` (0 or 1), the leads in the order of time, and the share to learn from.
"""

import json
import sys

import lightgbm
import numpy
import pandas
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.naive_bayes import CategoricalNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import KBinsDiscretizer, OneHotEncoder, OrdinalEncoder, StandardScaler

leads = pandas.read_csv(sys.argv[1])
outcome = leads.pop("outcome").to_numpy()
split = int(len(leads) * float(sys.argv[2]))
numbers = [name for name in leads if pandas.api.types.is_numeric_dtype(leads[name])]
values = [name for name in leads if name not in numbers]
leads[values] = leads[values].astype(object).where(leads[values].notna(), "(unknown)").astype(str)
first, rest = leads[:split], leads[split:]


def auc(probabilities):
    return float(roc_auc_score(outcome[split:], probabilities[:, 1]))


def encoded(number_steps, value_steps):
    steps = [("numbers", number_steps, numbers)] if numbers else []
    return ColumnTransformer([*steps, ("values", value_steps, values)])


def logistic(number_steps):
    one_hot = OneHotEncoder(handle_unknown="ignore", min_frequency=10)
    return make_pipeline(encoded(number_steps, one_hot), LogisticRegression(max_iter=2000)).fit(first, outcome[:split])


below_all = SimpleImputer(strategy="constant", fill_value=-1e9)
deciles = {"n_bins": 10, "quantile_method": "averaged_inverted_cdf"}
results = {
    "logistic": auc(logistic(make_pipeline(SimpleImputer(add_indicator=True), StandardScaler())).predict_proba(rest)),
    "logistic on bins": auc(logistic(make_pipeline(below_all, KBinsDiscretizer(**deciles))).predict_proba(rest)),
}

codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, min_frequency=10)
bins = encoded(make_pipeline(below_all, KBinsDiscretizer(encode="ordinal", **deciles)), codes)
fitted, tested = bins.fit_transform(first) + 1, bins.transform(rest) + 1
sizes = numpy.maximum(fitted.max(0), tested.max(0)).astype(int) + 1
bayes = CategoricalNB(min_categories=sizes).fit(fitted, outcome[:split])
results["naive Bayes"] = auc(bayes.predict_proba(tested))

table = leads.copy()
plain = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=numpy.nan)
table[values] = plain.fit(first[values]).transform(leads[values])
for leaves in (7, 15, 31):
    boosting = lightgbm.LGBMClassifier(
        n_estimators=150, learning_rate=0.05, num_leaves=leaves, min_child_samples=40, n_jobs=1, random_state=1, verbose=-1
    ).fit(table[:split], outcome[:split], categorical_feature=values)
    results[f"LightGBM, {leaves} leaves"] = auc(boosting.predict_proba(table[split:]))

few = [name in values and table[name].max() < 250 for name in table]
histogram = HistGradientBoostingClassifier(max_iter=150, learning_rate=0.05, categorical_features=few, random_state=1)
results["histogram boosting"] = auc(histogram.fit(table[:split], outcome[:split]).predict_proba(table[split:]))
print(json.dumps(results))
