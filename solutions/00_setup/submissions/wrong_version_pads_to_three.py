"""
part = "new_enough"
verdict = "wrong"
misconception = "a version has at most three places, so zeros up to the third are enough"
see = "cell:new_enough_seen"
"""


# %% new_enough
def new_enough(version, needed):
    def numbers(text):
        places = [int(place) for place in text.partition("+")[0].split(".")]
        while len(places) < 3:
            places.append(0)
        return places

    return numbers(version) >= numbers(needed)
